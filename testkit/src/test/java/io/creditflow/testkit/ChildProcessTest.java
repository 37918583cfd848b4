package io.creditflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path directory;

  /** Starts a sleeper, writes its process id to a file and ends without a goodbye. */
  public static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Path log = Path.of(arguments[0]);
      ChildProcess child = sleeper(log.resolveSibling("grandchild.txt"));
      if (arguments[1].equals("frozen")) {
        child.freeze();
      }
      Files.writeString(log, child.pid() + "\n");
      Runtime.getRuntime().halt(1);
    }
  }

  /** Says a line, and sleeps. */
  public static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println("sleeping " + System.getenv("CREDITFLOW_OWN"));
      Thread.sleep(PATIENCE.toMillis() * 3);
    }
  }

  @Test
  void endsWithItsParent() throws Exception {
    assertThat(grandchildOf("running")).satisfies(this::ends);
  }

  @Test
  void endsWithItsParentEvenIfItIsFrozen() throws Exception {
    assertThat(grandchildOf("frozen")).satisfies(this::ends);
  }

  @Test
  void stopsWhenAskedTo() {
    try (ChildProcess child = sleeper(log())) {
      Await.until("it speaks", PATIENCE, () -> child.output().contains("sleeping"));
      assertThat(child.stop(PATIENCE)).isTrue();
      assertThat(child.exitCode(PATIENCE)).isEqualTo(143);
    }
  }

  @Test
  void doesNothingWhileItIsFrozenAndGoesOnAfterwards() {
    try (ChildProcess child = sleeper(log())) {
      Await.until("it speaks", PATIENCE, () -> child.output().contains("sleeping"));
      child.freeze();
      assertThat(child.isFrozen()).isTrue();
      assertThat(child.stop(Duration.ofMillis(500))).isFalse();
      child.thaw();
      assertThat(child.exitCode(PATIENCE)).isEqualTo(143);
    }
  }

  @Test
  void aFailureShowsTheEndOfTheOutput() {
    try (ChildProcess child = start(log(), "io.creditflow.testkit.NoSuchClass")) {
      assertThat(child.exitCode(PATIENCE)).isEqualTo(1);
      assertThatThrownBy(child::requireAlive)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ended with 1")
          .hasMessageContaining("NoSuchClass");
    }
  }

  @Test
  void seesOnlyTheVariablesThatItIsGiven() {
    try (ChildProcess child = sleeper(log())) {
      Await.until("it speaks", PATIENCE, () -> child.output().contains("sleeping"));
      assertThat(child.output()).isEqualTo("sleeping yes\n");
    }
  }

  private Path log() {
    return directory.resolve("log.txt");
  }

  private static ChildProcess sleeper(Path log) {
    return start(log, Sleeper.class.getName());
  }

  private static ChildProcess start(Path log, String... command) {
    return ChildProcess.java(
        log, Map.of("CREDITFLOW_OWN", "yes"), CLASS_PATH, List.of(), List.of(command));
  }

  /** A process whose parent is gone. */
  private long grandchildOf(String state) throws IOException {
    try (ChildProcess parent = start(log(), Parent.class.getName(), log().toString(), state)) {
      assertThat(parent.exitCode(PATIENCE)).isEqualTo(1);
    }
    return Long.parseLong(Files.readString(log()).strip());
  }

  private void ends(long pid) {
    Await.until(
        "process " + pid + " is gone",
        PATIENCE,
        () -> ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true));
  }
}
