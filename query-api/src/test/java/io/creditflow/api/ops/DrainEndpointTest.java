package io.creditflow.api.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.TestInstance;
import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainEndpointTest {
  private static final TestKeys KEY = new TestKeys("EdDSA", "ed");

  @TempDir Path directory;

  @Test
  void drainsForTheMachineItself() throws IOException {
    try (TestInstance instance = instance()) {
      assertThat(drain(instance).statusCode()).isEqualTo(202);
      assertThat(instance.drains).hasValue(1);
    }
  }

  @Test
  void refusesAPageInABrowser() throws IOException {
    try (TestInstance instance = instance()) {
      assertThat(drain(instance, "Origin", "http://elsewhere").statusCode()).isEqualTo(403);
      assertThat(instance.drains).hasValue(0);
    }
  }

  @Test
  void asksForThePeerSecretWhereThereIsOne() throws IOException {
    try (TestInstance instance = instance("CREDITFLOW_PEER_SECRET", "a-secret-of-the-instances")) {
      assertThat(drain(instance).statusCode()).isEqualTo(403);
      assertThat(instance.drains).hasValue(0);
      HttpResponse<String> answer =
          drain(instance, "Creditflow-Peer-Secret", "a-secret-of-the-instances");
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(instance.drains).hasValue(1);
    }
  }

  @Test
  void isNotToBeHadByGetNorOnThePublicPort() throws IOException {
    try (TestInstance instance = instance()) {
      HttpResponse<String> got = instance.management("/drain");
      assertThat(got.statusCode()).isEqualTo(405);
      assertThat(got.headers().firstValue("Allow")).contains("POST");
      assertThat(instance.send("POST", instance.address() + "/drain").statusCode()).isEqualTo(404);
      assertThat(instance.drains).hasValue(0);
    }
  }

  private TestInstance instance(String... settings) throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEY));
    return new TestInstance(new InMemoryLocalState(), jwks, settings);
  }

  private static HttpResponse<String> drain(TestInstance instance, String... headers) {
    return instance.send("POST", "http://" + instance.managementAddress() + "/drain", headers);
  }
}
