-- CreateTable
CREATE TABLE "ConsoleSession" (
    "id" TEXT NOT NULL,
    "vmId" TEXT NOT NULL,
    "openedBy" TEXT NOT NULL,
    "canType" BOOLEAN NOT NULL,
    "typedBytes" INTEGER NOT NULL DEFAULT 0,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "wantedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ConsoleSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsoleChunk" (
    "id" BIGSERIAL NOT NULL,
    "vmId" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsoleChunk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsoleInput" (
    "id" BIGSERIAL NOT NULL,
    "sessionId" TEXT NOT NULL,
    "vmId" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsoleInput_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VmLogRequest" (
    "id" TEXT NOT NULL,
    "vmId" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),
    "text" TEXT,
    "error" TEXT,

    CONSTRAINT "VmLogRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ConsoleSession_vmId_idx" ON "ConsoleSession"("vmId");

-- CreateIndex
CREATE INDEX "ConsoleSession_openedAt_idx" ON "ConsoleSession"("openedAt");

-- CreateIndex
CREATE INDEX "ConsoleChunk_vmId_id_idx" ON "ConsoleChunk"("vmId", "id");

-- CreateIndex
CREATE INDEX "VmLogRequest_answeredAt_idx" ON "VmLogRequest"("answeredAt");

-- AddForeignKey
ALTER TABLE "ConsoleSession" ADD CONSTRAINT "ConsoleSession_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What guests print and people type is on its way only; nobody needs it after a crash.
ALTER TABLE "ConsoleChunk" SET UNLOGGED;
ALTER TABLE "ConsoleInput" SET UNLOGGED;
