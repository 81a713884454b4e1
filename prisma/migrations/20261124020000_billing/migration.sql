-- Whom a cluster is charged to, and since when.
ALTER TABLE "Cluster" ADD COLUMN "costCentre" TEXT NOT NULL DEFAULT 'default';
ALTER TABLE "Cluster" ADD COLUMN "costCentreSince" TIMESTAMPTZ(3);
ALTER TABLE "Cluster" ADD COLUMN "costCentreBy" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Cluster" ADD COLUMN "costCentreReason" TEXT NOT NULL DEFAULT '';

CREATE TABLE "UsageFact" (
    "seq" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "resourceId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reportedAt" TIMESTAMPTZ(3) NOT NULL,
    "notedAt" TIMESTAMPTZ(3) NOT NULL,
    "subject" JSONB,
    "operationId" TEXT,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "UsageFact_pkey" PRIMARY KEY ("seq")
);
CREATE UNIQUE INDEX "UsageFact_id_key" ON "UsageFact"("id");
CREATE INDEX "UsageFact_runId_idx" ON "UsageFact"("runId");
CREATE INDEX "UsageFact_resourceId_idx" ON "UsageFact"("resourceId");

CREATE TABLE "UsageInterval" (
    "seq" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "resourceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3) NOT NULL,
    "runStartedAt" TIMESTAMPTZ(3) NOT NULL,
    "endsRun" BOOLEAN NOT NULL,
    "tier" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "clusterName" TEXT NOT NULL,
    "costCentre" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "vcpus" INTEGER NOT NULL,
    "memoryMiB" INTEGER NOT NULL,
    "diskGiB" INTEGER NOT NULL,
    "operationId" TEXT,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "endOperationId" TEXT,
    "endActor" TEXT NOT NULL,
    "endReason" TEXT NOT NULL,
    "notedAt" TIMESTAMPTZ(3) NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "UsageInterval_pkey" PRIMARY KEY ("seq"),
    CONSTRAINT "UsageInterval_positive" CHECK ("endedAt" > "startedAt")
);
CREATE UNIQUE INDEX "UsageInterval_id_key" ON "UsageInterval"("id");
CREATE INDEX "UsageInterval_runId_idx" ON "UsageInterval"("runId");
CREATE INDEX "UsageInterval_startedAt_idx" ON "UsageInterval"("startedAt");
CREATE INDEX "UsageInterval_clusterId_startedAt_idx" ON "UsageInterval"("clusterId", "startedAt");

CREATE TABLE "UsageOpen" (
    "runId" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "resourceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "runStartedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "replacesId" TEXT,
    "tier" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "clusterName" TEXT NOT NULL,
    "costCentre" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "vcpus" INTEGER NOT NULL,
    "memoryMiB" INTEGER NOT NULL,
    "diskGiB" INTEGER NOT NULL,
    "operationId" TEXT,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "UsageOpen_pkey" PRIMARY KEY ("runId")
);
CREATE INDEX "UsageOpen_resourceId_idx" ON "UsageOpen"("resourceId");
CREATE INDEX "UsageOpen_replacesId_idx" ON "UsageOpen"("replacesId");

CREATE TABLE "UsageDay" (
    "dimension" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "costCentre" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "ms" BIGINT NOT NULL,
    "vcpuMs" BIGINT NOT NULL,
    "memoryMiBMs" BIGINT NOT NULL,
    "diskGiBMs" BIGINT NOT NULL,

    CONSTRAINT "UsageDay_pkey" PRIMARY KEY ("dimension", "day", "key", "costCentre", "tier")
);

CREATE TABLE "Rate" (
    "version" INTEGER NOT NULL,
    "costCentre" TEXT,
    "effectiveFrom" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "vcpuHour" DECIMAL(20,10) NOT NULL,
    "memoryGiBHour" DECIMAL(20,10) NOT NULL,
    "diskGiBHour" DECIMAL(20,10) NOT NULL,
    "volumeGiBHour" DECIMAL(20,10) NOT NULL,
    "vipHour" DECIMAL(20,10) NOT NULL,
    "spareDiscountPercent" DECIMAL(7,4) NOT NULL,
    "minimumSeconds" INTEGER NOT NULL,
    "taxPercent" DECIMAL(7,4) NOT NULL,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "Rate_pkey" PRIMARY KEY ("version")
);
CREATE INDEX "Rate_costCentre_effectiveFrom_idx" ON "Rate"("costCentre", "effectiveFrom");

CREATE TABLE "BillingPeriod" (
    "month" TEXT NOT NULL,
    "ledgerSeq" BIGINT NOT NULL,
    "ledgerHash" TEXT NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedBy" TEXT NOT NULL,

    CONSTRAINT "BillingPeriod_pkey" PRIMARY KEY ("month")
);

CREATE TABLE "Statement" (
    "seq" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "costCentre" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "net" DECIMAL(20,2) NOT NULL,
    "tax" DECIMAL(20,2) NOT NULL,
    "total" DECIMAL(20,2) NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedBy" TEXT NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "Statement_pkey" PRIMARY KEY ("seq")
);
CREATE UNIQUE INDEX "Statement_id_key" ON "Statement"("id");
CREATE UNIQUE INDEX "Statement_month_costCentre_key" ON "Statement"("month", "costCentre");
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_month_fkey" FOREIGN KEY ("month") REFERENCES "BillingPeriod"("month") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "StatementLine" (
    "statementId" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "usageMonth" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "clusterName" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "meter" TEXT NOT NULL,
    "rateVersion" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "consumed" DECIMAL(30,10) NOT NULL,
    "quantity" DECIMAL(30,10) NOT NULL,
    "listUnitPrice" DECIMAL(30,14) NOT NULL,
    "unitPrice" DECIMAL(30,14) NOT NULL,
    "amount" DECIMAL(20,2) NOT NULL,
    "taxPercent" DECIMAL(7,4) NOT NULL,
    "tax" DECIMAL(20,2) NOT NULL,

    CONSTRAINT "StatementLine_pkey" PRIMARY KEY ("statementId", "n")
);
ALTER TABLE "StatementLine" ADD CONSTRAINT "StatementLine_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "StatementLine" ADD CONSTRAINT "StatementLine_rateVersion_fkey" FOREIGN KEY ("rateVersion") REFERENCES "Rate"("version") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "StatementSending" (
    "id" TEXT NOT NULL,
    "statementId" TEXT NOT NULL,
    "recipients" TEXT[],
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "sentBy" TEXT NOT NULL,

    CONSTRAINT "StatementSending_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "StatementSending_statementId_idx" ON "StatementSending"("statementId");
ALTER TABLE "StatementSending" ADD CONSTRAINT "StatementSending_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "Budget" (
    "id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "amount" DECIMAL(20,2) NOT NULL,
    "thresholds" INTEGER[],
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Budget_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Budget_scope_target_key" ON "Budget"("scope", "target");



-- What the schema language cannot say.

-- Nothing is in two intervals at once.
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE "UsageInterval" ADD CONSTRAINT "UsageInterval_no_overlap"
  EXCLUDE USING gist ("resource" WITH =, "resourceId" WITH =, tstzrange("startedAt", "endedAt") WITH &&);

-- A run that began once does not begin again, and nothing begins twice at once.
CREATE UNIQUE INDEX "UsageOpen_one_per_resource" ON "UsageOpen" ("resource", "resourceId");

-- Runs that may be shorter than what is charged at least.
CREATE INDEX "UsageInterval_short_run_idx" ON "UsageInterval" ("endedAt")
  WHERE "endsRun" AND "endedAt" - "runStartedAt" < interval '1 hour';

CREATE TRIGGER "UsageFact_append_only" BEFORE UPDATE OR DELETE ON "UsageFact"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "UsageInterval_append_only" BEFORE UPDATE OR DELETE ON "UsageInterval"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Rate_append_only" BEFORE UPDATE OR DELETE ON "Rate"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "BillingPeriod_append_only" BEFORE UPDATE OR DELETE ON "BillingPeriod"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Statement_append_only" BEFORE UPDATE OR DELETE ON "Statement"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "StatementLine_append_only" BEFORE UPDATE OR DELETE ON "StatementLine"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "StatementSending_append_only" BEFORE UPDATE OR DELETE ON "StatementSending"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Sums per day (UTC) of what the ledger holds, by cluster, by site and by reason each, in the transaction that writes it.
CREATE FUNCTION add_usage_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "UsageDay" AS d
    ("dimension", "day", "key", "costCentre", "tier", "ms", "vcpuMs", "memoryMiBMs", "diskGiBMs")
  SELECT k."dimension", b."day"::date, k."key", i."costCentre", i."tier",
         sum(m."ms"), sum(m."ms" * i."vcpus"), sum(m."ms" * i."memoryMiB"), sum(m."ms" * i."diskGiB")
  FROM new_rows i
  CROSS JOIN LATERAL generate_series(
    date_trunc('day', i."startedAt" AT TIME ZONE 'UTC'), i."endedAt" AT TIME ZONE 'UTC', interval '1 day') AS b("day")
  CROSS JOIN LATERAL (SELECT (extract(epoch FROM
    least(i."endedAt", (b."day" + interval '1 day') AT TIME ZONE 'UTC')
    - greatest(i."startedAt", b."day" AT TIME ZONE 'UTC')) * 1000)::bigint AS "ms") AS m
  CROSS JOIN LATERAL (VALUES ('cluster', i."clusterId"), ('site', i."site"), ('reason', i."reason"))
    AS k("dimension", "key")
  WHERE m."ms" > 0
  GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT ("dimension", "day", "key", "costCentre", "tier") DO UPDATE SET
    "ms" = d."ms" + excluded."ms",
    "vcpuMs" = d."vcpuMs" + excluded."vcpuMs",
    "memoryMiBMs" = d."memoryMiBMs" + excluded."memoryMiBMs",
    "diskGiBMs" = d."diskGiBMs" + excluded."diskGiBMs";
  RETURN NULL;
END $$;

CREATE TRIGGER "UsageInterval_days" AFTER INSERT ON "UsageInterval"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION add_usage_days();
