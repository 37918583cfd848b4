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
public record JvmCommand(int heapMegabytes, String classPath, List<String> flags) {
  /** As the image and bin/quickstart start it: docs/decisions/0013. */
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  private static final String LOG = "-Dlogback.configurationFile=bench-log.xml";

  /** On the class path of this process. */
  public static JvmCommand withHeap(int megabytes) {
    return new JvmCommand(megabytes, System.getProperty("java.class.path"), List.of());
  }

  public JvmCommand withClassPath(String other) {
    return new JvmCommand(heapMegabytes, other, flags);
  }

  public JvmCommand withFlags(List<String> others) {
    return new JvmCommand(heapMegabytes, classPath, others);
  }

  /** Starts one under the watchdog. */
  public ChildProcess start(Path log, Map<String, String> variables, List<String> command) {
    return ChildProcess.java(log, variables, classPath, allFlags(), command);
  }

  /** Starts one whose main class reads this process's lines itself. */
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
