package io.creditflow.quickstart.command;

import io.creditflow.schemas.Topics;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes the name of an input topic from a command line. */
final class InputTopic implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (!Topics.INPUTS.contains(text)) {
      throw new TypeConversionException(
          "there is no input topic \"" + text + "\", but " + String.join(", ", Topics.INPUTS));
    }
    return text;
  }
}
