package io.creditflow.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;
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
  private static final Pattern SETTING =
      Pattern.compile("(CREDITFLOW_[A-Z_]+)[:=] *\"?([^\"\\s\\\\]+)");
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

  @Test
  void kubernetesSetsWhatAnInstanceUnderstands() throws IOException {
    String manifests =
        Files.readString(ROOT.resolve("ops/kubernetes/creditflow.yml"))
            .replaceAll("- name: (CREDITFLOW_[A-Z_]+)\\s+value:", "$1:")
            .replaceAll("\\$\\(POD_[A-Z]+\\)", "creditflow-0");
    Map<String, String> environment = new HashMap<>();
    Matcher setting = SETTING.matcher(manifests);
    while (setting.find()) {
      environment.put(setting.group(1), setting.group(2));
    }

    assertThat(environment).containsEntry("CREDITFLOW_INSTANCE_ID", "creditflow-0");
    assertThatCode(() -> ConfigurationReader.read(null, environment)).doesNotThrowAnyException();
  }

  @Test
  void dockerComposeSetsWhatAnInstanceUnderstands() throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String file : new String[] {"Dockerfile", "docker-compose.yml"}) {
      Matcher setting = SETTING.matcher(Files.readString(ROOT.resolve(file)));
      while (setting.find()) {
        environment.put(setting.group(1), DEFAULT.matcher(setting.group(2)).replaceAll("$1"));
      }
    }

    assertThatCode(() -> ConfigurationReader.read(null, environment)).doesNotThrowAnyException();
  }
}
