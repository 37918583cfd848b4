package io.creditflow.bench;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What every benchmark that starts processes takes; a mixin. */
public final class MachineOptions {
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

  public long seed() {
    return seed;
  }

  public JvmCommand jvm() {
    return JvmCommand.withHeap(heapMegabytes);
  }

  public BenchEnvironment open() {
    return BenchEnvironment.open(parent);
  }

  public boolean writesDocs() {
    return isWriteDocs;
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
