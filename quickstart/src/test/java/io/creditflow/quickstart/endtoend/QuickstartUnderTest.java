package io.creditflow.quickstart.endtoend;

import io.creditflow.quickstart.Addresses;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ScratchDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A quickstart in a process of its own, on free ports, ready when constructed. */
final class QuickstartUnderTest implements AutoCloseable {
  private final ChildProcess process;
  private final Addresses addresses;

  private QuickstartUnderTest(ChildProcess process, Addresses addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  static QuickstartUnderTest start(ScratchDirectory scratch, String... more) throws Exception {
    Path data = scratch.path("data");
    Path file = data.resolve("quickstart.json");
    Files.deleteIfExists(file); // left by one that was killed
    ChildProcess process = launch(scratch, more);
    try {
      Await.until(
          () -> "quickstart is ready; it said:\n" + process.output(),
          Duration.ofSeconds(150),
          () -> {
            if (!process.isAlive()) {
              throw new AssertionError("Quickstart ended; it said:\n" + process.output());
            }
            return Files.exists(file);
          });
    } catch (Throwable failed) {
      process.close();
      throw failed;
    }
    return new QuickstartUnderTest(process, Addresses.read(file));
  }

  /** Starts one without waiting for it. */
  static ChildProcess launch(ScratchDirectory scratch, String... more) {
    List<String> arguments = new ArrayList<>();
    for (String port : List.of("http", "management", "kafka", "registry")) {
      arguments.addAll(List.of("--" + port + "-port", "0"));
    }
    arguments.addAll(List.of("--data-dir", scratch.path("data").toString()));
    arguments.addAll(List.of(more));
    return PackagedProgram.start(
        scratch.path("output.txt"),
        Map.of(),
        "io.creditflow.quickstart.Quickstart",
        arguments.toArray(new String[0]));
  }

  Addresses addresses() {
    return addresses;
  }

  ApiClient api() {
    return new ApiClient(addresses.apiUrl(), addresses.token());
  }

  ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
