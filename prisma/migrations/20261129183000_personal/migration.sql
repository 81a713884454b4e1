-- CreateTable
CREATE TABLE "Preferences" (
    "userId" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "readIds" TEXT[],

    CONSTRAINT "Preferences_pkey" PRIMARY KEY ("userId")
);

-- AddForeignKey
ALTER TABLE "Preferences" ADD CONSTRAINT "Preferences_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
