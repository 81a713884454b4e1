-- CreateTable
CREATE TABLE "Image" (
    "key" TEXT NOT NULL,
    "packages" TEXT[],
    "kernel" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "usedBy" TEXT[],
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Image_pkey" PRIMARY KEY ("key")
);
