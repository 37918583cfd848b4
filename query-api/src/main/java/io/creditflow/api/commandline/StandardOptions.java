package io.creditflow.api.commandline;

import io.creditflow.api.ProductVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** A picocli mixin with the options that every command has. */
@Command(versionProvider = StandardOptions.Version.class)
public final class StandardOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "print this help")
  boolean help;

  @Option(
      names = "--version",
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "print the version")
  boolean version;

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {ProductVersion.current().toString()};
    }
  }
}
