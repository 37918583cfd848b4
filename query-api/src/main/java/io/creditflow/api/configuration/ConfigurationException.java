package io.creditflow.api.configuration;

import java.util.List;

/** The configuration is invalid. The message lists every problem. */
public final class ConfigurationException extends RuntimeException {
  private final List<String> problems;

  public ConfigurationException(List<String> problems) {
    super(
        "Creditflow did not start: "
            + problems.size()
            + (problems.size() == 1 ? " configuration problem." : " configuration problems.")
            + "\n  "
            + String.join("\n  ", problems)
            + "\nEvery setting is described in docs/configuration.md.");
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
