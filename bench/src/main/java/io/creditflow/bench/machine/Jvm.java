package io.creditflow.bench.machine;

import java.nio.file.Path;
import java.util.List;

/**
 * How a JVM is started; the same for all that are compared.
 *
 * @param heapMegabytes both least and most
 */
public record Jvm(int heapMegabytes, String classPath) {
  private static final String LOG = "-Dlogback.configurationFile=bench-log.xml";

  /** On the class path of this process. */
  public static Jvm withHeap(int megabytes) {
    return new Jvm(megabytes, System.getProperty("java.class.path"));
  }

  List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms" + heapMegabytes + "m",
        "-Xmx" + heapMegabytes + "m",
        LOG,
        "-cp",
        classPath);
  }
}
