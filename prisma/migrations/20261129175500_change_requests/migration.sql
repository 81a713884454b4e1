-- AlterTable
ALTER TABLE "Recommendation" ALTER COLUMN "policyId" DROP NOT NULL,
ADD COLUMN "request" JSONB;

-- People have one open per cluster.
CREATE UNIQUE INDEX "Recommendation_one_open_request" ON "Recommendation" ("clusterId") WHERE "state" = 'open' AND "policyId" IS NULL;
