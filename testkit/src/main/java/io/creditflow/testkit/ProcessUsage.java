package io.creditflow.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * CPU time and memory that a process has used so far, as Linux reports them. All values are 0 if
 * /proc does not have the process.
 */
public record ProcessUsage(long cpuNanos, long residentBytes, long residentPeakBytes) {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;
  private static final ProcessUsage UNKNOWN = new ProcessUsage(0, 0, 0);

  public static ProcessUsage of(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    try {
      String stat = Files.readString(directory.resolve("stat"));
      // The name in parentheses may contain spaces. utime and stime are the 12th and 13th field
      // after it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      List<String> status = Files.readAllLines(directory.resolve("status"));
      return new ProcessUsage(
          ticks * TICK_NANOS, kilobytes(status, "VmRSS:"), kilobytes(status, "VmHWM:"));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** The sum over a process and all its descendants. */
  public static ProcessUsage ofTree(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(part -> of(part.pid()))
        .reduce(of(pid), ProcessUsage::plus);
  }

  public ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(
        cpuNanos + other.cpuNanos,
        residentBytes + other.residentBytes,
        residentPeakBytes + other.residentPeakBytes);
  }

  private static long kilobytes(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
