package io.creditflow.api.configuration;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the deployment files set is what an instance understands. */
class DeploymentFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern COMPOSE =
      Pattern.compile("(CREDITFLOW_[A-Z_]+)[:=] *\"?([^\"\\s\\\\]+)");
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

  @Test
  void dockerComposeSetsWhatAnInstanceUnderstands() throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String file : new String[] {"Dockerfile", "docker-compose.yml"}) {
      Matcher setting = COMPOSE.matcher(Files.readString(ROOT.resolve(file)));
      while (setting.find()) {
        environment.put(setting.group(1), DEFAULT.matcher(setting.group(2)).replaceAll("$1"));
      }
    }

    assertThatCode(() -> ConfigurationReader.read(null, environment)).doesNotThrowAnyException();
  }
}
