package io.creditflow.api.commandline;

import io.creditflow.api.ProductVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command understands; a mixin. */
@Command(versionProvider = StandardOptions.Version.class)
public final class StandardOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "this text")
  boolean help;

  @Option(
      names = "--version",
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "the version")
  boolean version;

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {ProductVersion.current().toString()};
    }
  }
}
