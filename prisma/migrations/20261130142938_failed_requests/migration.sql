-- AlterTable
ALTER TABLE "Receipt" ADD COLUMN     "failures" JSONB NOT NULL DEFAULT '[]';
