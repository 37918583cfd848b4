package io.creditflow.quickstart;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command-line options (contract section 6); a picocli mixin. */
final class QuickstartOptions {
  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      converter = Port.class,
      defaultValue = "8080",
      description = "dashboard and API (${DEFAULT-VALUE})")
  int httpPort;

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      converter = Port.class,
      defaultValue = "8090",
      description = "metrics and health (${DEFAULT-VALUE})")
  int managementPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      converter = Port.class,
      defaultValue = "9092",
      description = "Kafka (${DEFAULT-VALUE})")
  int kafkaPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      converter = Port.class,
      defaultValue = "8081",
      description = "schema registry (${DEFAULT-VALUE})")
  int registryPort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      converter = Directory.class,
      defaultValue = "${sys:quickstart.data-dir:-.quickstart}",
      description = "the directory for all data (.quickstart in the project)")
  Path dataDirectory;

  @Option(names = "--no-traffic", description = "publishes no simulated events")
  boolean isWithoutTraffic;

  /** Parses a port, or 0 for any free port. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
        throw new TypeConversionException(
            "\"" + text + "\" is not a port; give a number from 0 (any free one) to 65535");
      }
      return Integer.valueOf(text);
    }
  }

  /** Parses a directory, which need not exist, as an absolute path. */
  static final class Directory implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isBlank()) {
        throw new TypeConversionException("a directory has a name");
      }
      return Path.of(text).toAbsolutePath().normalize();
    }
  }
}
