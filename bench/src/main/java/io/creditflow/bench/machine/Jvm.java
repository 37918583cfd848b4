package io.creditflow.bench.machine;

import io.creditflow.testkit.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a JVM is started; the same for all that are compared.
 *
 * @param heapMegabytes both least and most
 * @param flags further ones
 */
public record Jvm(int heapMegabytes, String classPath, List<String> flags) {
  /** As the image and bin/quickstart start it: docs/decisions/0013. */
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  private static final String LOG = "-Dlogback.configurationFile=bench-log.xml";

  /** On the class path of this process. */
  public static Jvm withHeap(int megabytes) {
    return new Jvm(megabytes, System.getProperty("java.class.path"), List.of());
  }

  public Jvm withClassPath(String other) {
    return new Jvm(heapMegabytes, other, flags);
  }

  public Jvm withFlags(List<String> others) {
    return new Jvm(heapMegabytes, classPath, others);
  }

  /** Starts one under the watchdog. */
  public ChildProcess start(Path log, Map<String, String> environment, List<String> command) {
    return ChildProcess.java(log, environment, classPath, allFlags(), command);
  }

  /** Starts one whose main class reads this process's lines itself. */
  public ChildProcess startListener(
      Path log, Map<String, String> environment, List<String> command) {
    return ChildProcess.javaThatWatches(log, environment, classPath, allFlags(), command);
  }

  private List<String> allFlags() {
    List<String> all =
        new ArrayList<>(
            List.of("-Xms" + heapMegabytes + "m", "-Xmx" + heapMegabytes + "m", COLLECTOR, LOG));
    all.addAll(flags);
    return all;
  }
}
