package io.creditflow.bench.machine;

import io.creditflow.testkit.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options of a JVM. All compared processes have the same ones.
 *
 * @param heapMegabytes both the initial and the maximum heap
 * @param flags additional JVM options
 */
public record JvmCommand(int heapMegabytes, String classPath, List<String> flags) {
  /** The collector of the image and of bin/quickstart: docs/decisions/0013. */
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  private static final String LOG = "-Dlogback.configurationFile=bench-log.xml";

  /** A command with the class path of this process. */
  public static JvmCommand withHeap(int megabytes) {
    return new JvmCommand(megabytes, System.getProperty("java.class.path"), List.of());
  }

  public JvmCommand withClassPath(String other) {
    return new JvmCommand(heapMegabytes, other, flags);
  }

  public JvmCommand withFlags(List<String> others) {
    return new JvmCommand(heapMegabytes, classPath, others);
  }

  /** Starts a JVM under the watchdog. */
  public ChildProcess start(Path log, Map<String, String> variables, List<String> command) {
    return ChildProcess.java(log, variables, classPath, allFlags(), command);
  }

  /** Starts a JVM whose main class calls the watchdog itself. */
  public ChildProcess startListener(Path log, Map<String, String> variables, List<String> command) {
    return ChildProcess.javaThatWatches(log, variables, classPath, allFlags(), command);
  }

  private List<String> allFlags() {
    List<String> all =
        new ArrayList<>(
            List.of("-Xms" + heapMegabytes + "m", "-Xmx" + heapMegabytes + "m", COLLECTOR, LOG));
    all.addAll(flags);
    return all;
  }
}
