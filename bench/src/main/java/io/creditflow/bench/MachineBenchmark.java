package io.creditflow.bench;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.HostInfo;
import io.creditflow.bench.machine.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A benchmark that starts processes. Its results begin with a description of the machine. */
public abstract class MachineBenchmark extends Benchmark {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "seed of the generated load (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      defaultValue = "768",
      description = "heap of each process (${DEFAULT-VALUE})")
  private int heapMegabytes;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      converter = MadeDirectory.class,
      description = "the directory for the temporary data of Kafka and the state (memory)")
  private Path parent;

  @Option(names = "--write-docs", description = "writes the results to docs/performance.md")
  private boolean isWriteDocs;

  /** Measures, and writes the results to the page below the description of the machine. */
  protected abstract void measureHere(ResultsPage page) throws Exception;

  @Override
  protected final void measure(ResultsPage page) throws Exception {
    HostInfo.describe().forEach(line -> page.line("- %s", line));
    measureHere(page);
  }

  @Override
  protected final boolean writesDocs() {
    return isWriteDocs;
  }

  protected final long seed() {
    return seed;
  }

  protected final JvmCommand jvm() {
    return JvmCommand.withHeap(heapMegabytes);
  }

  protected final BenchEnvironment openEnvironment() {
    return BenchEnvironment.open(parent);
  }

  static final class MadeDirectory implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      try {
        return Files.createDirectories(Path.of(text));
      } catch (IOException e) {
        throw new TypeConversionException(text + " is not a directory and cannot be created");
      }
    }
  }
}
