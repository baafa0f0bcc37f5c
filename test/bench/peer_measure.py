"""How a peer's side of a benchmark measures itself: as measure.ts does."""
import json, re, resource, sys, time


def milliseconds_of(work, seconds):
    calls = 0

    def round_ms():
        nonlocal calls
        first, start = calls, time.perf_counter()
        while True:
            work(calls)
            calls += 1
            if time.perf_counter() - start >= seconds:
                return (time.perf_counter() - start) * 1e3 / (calls - first)

    round_ms()
    return min(round_ms(), round_ms(), round_ms())


def peak_mib():
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024


def tell(ms, value=None):
    print(json.dumps({"ms": ms, "peakMiB": peak_mib(), "value": value}))
