/** A page of `GET /transactions` holds at most this many. */
const PAGE_MAX = 500;

/**
 * The ledger's program. A transaction is answered only after SQLite has committed it with `synchronous=FULL`: it is on
 * the volume. The client chooses its id; the same id with the same content gets the first answer again, with other
 * content 409. Amounts have at most 14 digits; their sum is exact below 2^53.
 *
 * It starts without its volume as well, and opens the database when a request finds that mounted: a node that stands by has
 * everything else done before clients wait for it.
 *
 * @param directory where the volume is mounted
 */
export const ledgerLua = (directory: string): string => `local cjson = require('cjson.safe')
local driver = require('luasql.sqlite3')
local M = {}
local db, node
-- Debian's cjson writes at most 14 digits.
local AMOUNT_MAX = 99999999999999
cjson.encode_number_precision(14)

local function send(status, body)
  ngx.status = status
  ngx.say(cjson.encode(body))
  -- Ends the request in every phase; OK would end the phase only.
  return ngx.exit(ngx.HTTP_OK)
end

function M.fail(status, code, message)
  return send(status, { error = { code = code, message = message } })
end

local function is_mounted()
  for line in io.lines('/proc/mounts') do
    if line:find(' ${directory} ', 1, true) then return true end
  end
  return false
end

local function connect()
  local connection = assert(driver.sqlite3():connect('${directory}/ledger.db'))
  connection:setautocommit(true)
  -- The journal mode answers with a row, so its cursor must be closed before the next statement.
  for _, pragma in ipairs({ 'journal_mode=WAL', 'synchronous=FULL', 'busy_timeout=5000' }) do
    local answer = assert(connection:execute('PRAGMA ' .. pragma))
    if type(answer) == 'userdata' then answer:close() end
  end
  assert(connection:execute([[CREATE TABLE IF NOT EXISTS transactions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, amount INTEGER NOT NULL,
    note TEXT NOT NULL, accepted_at TEXT NOT NULL, accepted_by TEXT NOT NULL)]]))
  return connection
end

-- Loads what the first request would wait for.
function M.warm()
  node = os.getenv('HEADROOM_NODE') or 'unknown'
  driver.sqlite3():connect(':memory:'):close()
end

-- Before each request. Ends it where there is no volume.
function M.ready()
  if db then return end
  local held, problem = false, 'its volume is not mounted'
  if is_mounted() then held, problem = pcall(connect) end
  if held then db = problem else M.fail(503, 'unavailable', 'Not ready: ' .. tostring(problem)) end
end

local function rows(sql)
  local cursor, problem = db:execute(sql)
  if not cursor then return nil, problem end
  local all = {}
  local row = cursor:fetch({}, 'a')
  while row do
    all[#all + 1] = row
    row = cursor:fetch({}, 'a')
  end
  cursor:close()
  return all
end

local function quote(text) return "'" .. text:gsub("'", "''") .. "'" end

local function shown(row)
  return { seq = tonumber(row.seq), id = row.id, amount = tonumber(row.amount), note = row.note,
    acceptedAt = row.accepted_at, acceptedBy = row.accepted_by }
end

local function find(id)
  local found, problem = rows('SELECT * FROM transactions WHERE id=' .. quote(id))
  if not found then return nil, problem end
  return found[1]
end

local function post()
  ngx.req.read_body()
  local input = cjson.decode(ngx.req.get_body_data() or '')
  if type(input) ~= 'table' then return M.fail(400, 'malformed', 'A JSON object is needed.') end
  local id, amount, note = input.id, input.amount, input.note
  if note == nil or note == cjson.null then note = '' end
  if type(id) ~= 'string' or #id > 64 or not id:match('^[%w._:-]+$') then
    return M.fail(400, 'malformed', 'id: 1 to 64 letters, digits or . _ : -')
  end
  if type(amount) ~= 'number' or amount ~= math.floor(amount) or math.abs(amount) > AMOUNT_MAX then
    return M.fail(400, 'malformed', 'amount: a whole number of the smallest unit.')
  end
  if type(note) ~= 'string' or #note > 1000 or note:find('%z') then
    return M.fail(400, 'malformed', 'note: text of at most 1000 bytes.')
  end
  local written, problem = db:execute(string.format(
    'INSERT INTO transactions (id, amount, note, accepted_at, accepted_by) VALUES (%s, %.0f, %s, %s, %s) ON CONFLICT(id) DO NOTHING',
    quote(id), amount, quote(note), quote(os.date('!%Y-%m-%dT%H:%M:%SZ')), quote(node)))
  if not written then return M.fail(503, 'unavailable', 'Not written: ' .. tostring(problem)) end
  local row, missing = find(id)
  if not row then return M.fail(503, 'unavailable', 'Not read back: ' .. tostring(missing)) end
  if tonumber(row.amount) ~= amount or row.note ~= note then
    return M.fail(409, 'conflict', 'There is another transaction with this id.')
  end
  return send(written == 1 and 201 or 200, shown(row))
end

local function list()
  local after = tonumber(ngx.var.arg_after or '0')
  local limit = tonumber(ngx.var.arg_limit or '${PAGE_MAX}')
  if not after or after < 0 or after ~= math.floor(after) or after > AMOUNT_MAX then
    return M.fail(400, 'malformed', 'after: the seq of the last transaction that you have.')
  end
  if not limit or limit < 1 or limit ~= math.floor(limit) then return M.fail(400, 'malformed', 'limit: a whole number.') end
  local found, problem = rows(string.format('SELECT * FROM transactions WHERE seq > %.0f ORDER BY seq LIMIT %d',
    after, math.min(limit, ${PAGE_MAX})))
  if not found then return M.fail(503, 'unavailable', tostring(problem)) end
  local items = {}
  for index, row in ipairs(found) do items[index] = cjson.encode(shown(row)) end
  -- By hand: an empty Lua table would come out as an object.
  local last = #found > 0 and found[#found].seq or after
  ngx.say(string.format('{"items":[%s],"next":%.0f}', table.concat(items, ','), tonumber(last)))
  return ngx.exit(ngx.OK)
end

function M.collection()
  if ngx.req.get_method() == 'POST' then return post() end
  if ngx.req.get_method() == 'GET' then return list() end
  return M.fail(405, 'malformed', 'GET or POST.')
end

function M.item(id)
  if ngx.req.get_method() ~= 'GET' then return M.fail(405, 'malformed', 'GET.') end
  local row, problem = find(id)
  if problem then return M.fail(503, 'unavailable', tostring(problem)) end
  if not row then return M.fail(404, 'not_found', 'No such transaction.') end
  return send(200, shown(row))
end

function M.stats()
  local found, problem = rows('SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum, coalesce(max(seq), 0) AS last FROM transactions')
  if not found then return M.fail(503, 'unavailable', tostring(problem)) end
  -- By hand: a sum may have more digits than cjson writes.
  local stats = found[1]
  ngx.say(string.format('{"node":%s,"count":%.0f,"sum":%.0f,"last":%.0f}', cjson.encode(node), tonumber(stats.count),
    tonumber(stats.sum), tonumber(stats.last)))
  return ngx.exit(ngx.OK)
end

function M.health()
  local found, problem = rows('SELECT 1 AS one FROM transactions LIMIT 1')
  if not found then return M.fail(503, 'unavailable', tostring(problem)) end
  return send(200, { status = 'ok' })
end

return M
`;
