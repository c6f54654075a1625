-- Asks for one address of a list after another, each client from a place of its own, so that few answers are ones that
-- the server has kept. Run by serve.sh.
local addresses, clients = {}, 0

function setup(thread)
   thread:set("client", clients)
   clients = clients + 1
end

function init(arguments)
   for line in io.lines(arguments[1]) do addresses[#addresses + 1] = line end
   at = client * math.floor(#addresses / 2)
end

function request()
   at = at % #addresses + 1
   return wrk.format("GET", addresses[at])
end

function done(summary, latency)
   local errors = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
   io.write(string.format("%8d %8.1f %8.1f %8.1f %8.1f %7d\n", summary.requests, latency:percentile(50) / 1000,
      latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000, errors))
end
