-- AlterTable
ALTER TABLE "Host" ADD COLUMN     "maintenanceSince" TIMESTAMPTZ(3);
UPDATE "Host" SET "maintenanceSince" = now() WHERE "state" = 'maintenance';

-- CreateTable
CREATE TABLE "NodeHealth" (
    "vmId" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "unseenSince" TIMESTAMPTZ(3),
    "witnesses" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NodeHealth_pkey" PRIMARY KEY ("vmId")
);

-- CreateTable
CREATE TABLE "HealthChange" (
    "id" BIGSERIAL NOT NULL,
    "clusterId" TEXT NOT NULL,
    "vmId" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "before" TEXT,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "witnesses" JSONB NOT NULL,

    CONSTRAINT "HealthChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Alarm" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "clusterId" TEXT,
    "message" TEXT NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolution" TEXT,

    CONSTRAINT "Alarm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Fence" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Fence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recovery" (
    "id" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "operationId" TEXT,

    CONSTRAINT "Recovery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LabFault" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "direction" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "appliedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "detail" TEXT,

    CONSTRAINT "LabFault_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NodeHealth_clusterId_idx" ON "NodeHealth"("clusterId");

-- CreateIndex
CREATE INDEX "HealthChange_clusterId_id_idx" ON "HealthChange"("clusterId", "id");

-- CreateIndex
CREATE INDEX "Alarm_raisedAt_idx" ON "Alarm"("raisedAt");

-- CreateIndex
CREATE INDEX "Alarm_clusterId_idx" ON "Alarm"("clusterId");

-- CreateIndex
CREATE INDEX "Fence_subject_idx" ON "Fence"("subject");

-- CreateIndex
CREATE INDEX "Recovery_clusterId_at_idx" ON "Recovery"("clusterId", "at");

-- CreateIndex
CREATE INDEX "LabFault_requestedAt_idx" ON "LabFault"("requestedAt");

-- CreateIndex
CREATE INDEX "LabFault_state_idx" ON "LabFault"("state");

-- AddForeignKey
ALTER TABLE "NodeHealth" ADD CONSTRAINT "NodeHealth_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Node"("vmId") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say.

CREATE UNIQUE INDEX "Alarm_one_open_per_subject" ON "Alarm" ("kind", "subject") WHERE "resolvedAt" IS NULL;
