CREATE TABLE "StatementSchedule" (
    "costCentre" TEXT NOT NULL,
    "recipients" TEXT[],
    "dayOfMonth" INTEGER NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StatementSchedule_pkey" PRIMARY KEY ("costCentre")
);

CREATE TABLE "StatementMail" (
    "id" TEXT NOT NULL,
    "statementId" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StatementMail_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "StatementMail_state_nextAttemptAt_idx" ON "StatementMail"("state", "nextAttemptAt");
CREATE UNIQUE INDEX "StatementMail_statementId_request_to_key" ON "StatementMail"("statementId", "request", "to");

ALTER TABLE "StatementMail" ADD CONSTRAINT "StatementMail_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
