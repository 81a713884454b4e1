ALTER TABLE "Budget" ADD COLUMN "capsPolicies" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "BudgetAlert" (
    "id" TEXT NOT NULL,
    "budgetId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(20,2) NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BudgetAlert_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "BudgetAlert_at_idx" ON "BudgetAlert"("at");
CREATE UNIQUE INDEX "BudgetAlert_budgetId_month_kind_amount_key" ON "BudgetAlert"("budgetId", "month", "kind", "amount");

ALTER TABLE "BudgetAlert" ADD CONSTRAINT "BudgetAlert_budgetId_fkey" FOREIGN KEY ("budgetId") REFERENCES "Budget"("id") ON DELETE CASCADE ON UPDATE CASCADE;
