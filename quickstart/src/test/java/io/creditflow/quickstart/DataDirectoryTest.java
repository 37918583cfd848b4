package io.creditflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path parent;

  @Test
  void isHadByOneQuickstartAtATime() {
    Path root = parent.resolve("made/on/the/way");
    try (DataDirectory first = DataDirectory.open(root)) {
      assertThat(first.addresses()).isEqualTo(root.resolve("quickstart.json"));
      assertThatThrownBy(() -> DataDirectory.open(root))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(root.toString())
          .hasMessageContaining("in use");
    }
    DataDirectory.open(root).close();
  }

  @Test
  void doesNotClaimToBeReadyWhileItIsNot() throws Exception {
    Files.writeString(parent.resolve("quickstart.json"), "{}");
    try (DataDirectory directory = DataDirectory.open(parent)) {
      assertThat(directory.addresses()).doesNotExist();
      new Addresses("d", "a", "m", "b", "s", "t", "o").write(directory.addresses());
      assertThat(Addresses.read(directory.addresses()).token()).isEqualTo("t");
    }
    assertThat(parent.resolve("quickstart.json")).doesNotExist();
  }

  @Test
  void saysSoWhenAFileIsInTheWay() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("not a directory");
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("below")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--data-dir");
  }
}
