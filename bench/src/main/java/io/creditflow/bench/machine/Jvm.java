package io.creditflow.bench.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms" + heapMegabytes + "m");
    command.add("-Xmx" + heapMegabytes + "m");
    command.add(COLLECTOR);
    command.add(LOG);
    command.addAll(flags);
    command.add("-cp");
    command.add(classPath);
    return command;
  }
}
