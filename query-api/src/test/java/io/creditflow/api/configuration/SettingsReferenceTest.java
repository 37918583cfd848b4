package io.creditflow.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void thePageInTheRepositoryDescribesTheSettingsAsTheyAre() throws IOException {
    if (Boolean.getBoolean("creditflow.docs.write")) {
      Files.writeString(PAGE, SettingsReference.markdown());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md, which the command at its top writes again")
        .isEqualTo(SettingsReference.markdown());
  }
}
