package io.creditflow.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Describes the machine of a measurement. */
public final class HostInfo {
  private HostInfo() {}

  /** Lines that describe processors and memory, the JVM, and the versions of Kafka and RocksDB. */
  public static List<String> describe() {
    return List.of(
        "machine: "
            + Runtime.getRuntime().availableProcessors()
            + " processors ("
            + field("/proc/cpuinfo", "model name")
            + "), memory "
            + field("/proc/meminfo", "MemTotal")
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.version"),
        "java: " + System.getProperty("java.vm.name") + " " + Runtime.version(),
        "kafka: "
            + version(org.apache.kafka.common.utils.internals.AppInfoParser.getVersion())
            + ", rocksdb: "
            + version(implementation(org.rocksdb.RocksDB.class)));
  }

  private static String version(String found) {
    return found == null ? "unknown" : found;
  }

  /** The name of the jar that has the class, without prefix and ending; it contains the version. */
  private static String implementation(Class<?> type) {
    String jar =
        Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .getFileName()
            .toString();
    return jar.replaceFirst("\\.jar$", "").replaceFirst("^[a-z_]+-", "").toLowerCase(Locale.ROOT);
  }

  private static String field(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
