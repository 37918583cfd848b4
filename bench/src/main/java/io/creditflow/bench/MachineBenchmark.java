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

/** A benchmark that starts processes: its options, and the machine that its results begin with. */
public abstract class MachineBenchmark extends Benchmark {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of the generated load (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      defaultValue = "768",
      description = "of each process (${DEFAULT-VALUE})")
  private int heapMegabytes;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      converter = MadeDirectory.class,
      description = "where Kafka and the state are, for the time being (memory)")
  private Path parent;

  @Option(names = "--write-docs", description = "puts the results into docs/performance.md")
  private boolean isWriteDocs;

  /** Measures, and writes what was found below the description of the machine. */
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
        throw new TypeConversionException(text + " is no directory and cannot be made one");
      }
    }
  }
}
