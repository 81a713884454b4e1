-- AlterTable
ALTER TABLE "Host" ADD COLUMN     "labels" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "labels" TEXT[] DEFAULT ARRAY[]::TEXT[];
