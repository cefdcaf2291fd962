-- For wrk: how many answers of which status came in which second, as lines of "SECOND STATUS COUNT".
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(args)
    answers = {}
end

function response(status, headers, body)
    local key = os.time() .. " " .. status
    answers[key] = (answers[key] or 0) + 1
end

function done(summary, latency, requests)
    for _, thread in ipairs(threads) do
        for key, count in pairs(thread:get("answers")) do
            io.write(key .. " " .. count .. "\n")
        end
    end
end
