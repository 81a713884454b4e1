
-- What the schema language cannot say.

CREATE UNIQUE INDEX "Cluster_name_live_key" ON "Cluster" ("name") WHERE "state" <> 'deleted';
CREATE UNIQUE INDEX "Cluster_vip_live_key" ON "Cluster" ("vip") WHERE "state" <> 'deleted';
CREATE UNIQUE INDEX "Cluster_gatewayPort_live_key" ON "Cluster" ("gatewayPort") WHERE "state" <> 'deleted';
CREATE UNIQUE INDEX "Vm_name_live_key" ON "Vm" ("name") WHERE "state" <> 'released';
CREATE UNIQUE INDEX "Vm_address_live_key" ON "Vm" ("address") WHERE "state" <> 'released';
CREATE UNIQUE INDEX "Vm_mac_live_key" ON "Vm" ("mac") WHERE "state" <> 'released';

-- One active operation per cluster.
CREATE UNIQUE INDEX "Operation_one_active_per_cluster" ON "Operation" ("clusterId")
  WHERE "state" IN ('pending', 'running', 'undoing');

CREATE INDEX "Event_xid_id_idx" ON "Event" ("xid", "id");

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "OperationEvent_append_only" BEFORE UPDATE OR DELETE ON "OperationEvent"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditEntry_append_only" BEFORE UPDATE OR DELETE ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
