CREATE TABLE "ChainHead" (
    "chain" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "ChainHead_pkey" PRIMARY KEY ("chain")
);

CREATE TABLE "AuditRetention" (
    "id" INTEGER NOT NULL,
    "months" INTEGER,
    "beginsAfterSeq" BIGINT NOT NULL,
    "beginsAfterHash" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditRetention_pkey" PRIMARY KEY ("id")
);



-- What the schema language cannot say.

-- The last row of each chain, kept by the transaction that appends to it, so that rows cut off at the end show.
INSERT INTO "ChainHead" ("chain", "seq", "hash")
  (SELECT 'AuditEntry', "seq", "hash" FROM "AuditEntry" ORDER BY "seq" DESC LIMIT 1)
  UNION ALL (SELECT 'UsageFact', "seq", "hash" FROM "UsageFact" ORDER BY "seq" DESC LIMIT 1)
  UNION ALL (SELECT 'UsageInterval', "seq", "hash" FROM "UsageInterval" ORDER BY "seq" DESC LIMIT 1)
  UNION ALL (SELECT 'Rate', "version", "hash" FROM "Rate" ORDER BY "version" DESC LIMIT 1)
  UNION ALL (SELECT 'Statement', "seq", "hash" FROM "Statement" ORDER BY "seq" DESC LIMIT 1);

-- With the owner's rights: who appends to a chain may not write its head by hand.
CREATE FUNCTION move_chain_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO "ChainHead" AS h ("chain", "seq", "hash")
  SELECT TG_TABLE_NAME, coalesce((to_jsonb(r)->>'seq')::bigint, (to_jsonb(r)->>'version')::bigint) AS "at", r."hash"
  FROM new_rows r ORDER BY "at" DESC LIMIT 1
  ON CONFLICT ("chain") DO UPDATE SET "seq" = excluded."seq", "hash" = excluded."hash";
  RETURN NULL;
END $$;

CREATE TRIGGER "AuditEntry_head" AFTER INSERT ON "AuditEntry"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_chain_head();
CREATE TRIGGER "UsageFact_head" AFTER INSERT ON "UsageFact"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_chain_head();
CREATE TRIGGER "UsageInterval_head" AFTER INSERT ON "UsageInterval"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_chain_head();
CREATE TRIGGER "Rate_head" AFTER INSERT ON "Rate"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_chain_head();
CREATE TRIGGER "Statement_head" AFTER INSERT ON "Statement"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_chain_head();

-- Entries that are kept no longer are removed from the beginning of the trail, by the owner and by this function only.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('headroom.removing_audit', true) = 'on'
     AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER "AuditEntry_append_only" ON "AuditEntry";
CREATE TRIGGER "AuditEntry_append_only" BEFORE UPDATE OR DELETE ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

CREATE FUNCTION remove_audit_through(through bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  removed bigint;
BEGIN
  PERFORM set_config('headroom.removing_audit', 'on', true);
  DELETE FROM "AuditEntry" WHERE "seq" <= through;
  GET DIAGNOSTICS removed = ROW_COUNT;
  PERFORM set_config('headroom.removing_audit', 'off', true);
  RETURN removed;
END $$;
REVOKE EXECUTE ON FUNCTION remove_audit_through(bigint) FROM PUBLIC;
