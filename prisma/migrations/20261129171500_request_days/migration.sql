-- CreateTable
CREATE TABLE "RequestDay" (
    "day" DATE NOT NULL,
    "requests" DOUBLE PRECISION NOT NULL,
    "errors" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "RequestDay_pkey" PRIMARY KEY ("day")
);
