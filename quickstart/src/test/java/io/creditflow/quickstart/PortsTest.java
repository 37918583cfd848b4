package io.creditflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void zeroTakesAnyFreePort() {
    Ports ports = Ports.of(options(0, 0));
    assertThat(Set.of(ports.http(), ports.management(), ports.kafka(), ports.registry()))
        .doesNotContain(0);
  }

  @Test
  void aTakenPortIsNamedWithTheOptionThatChangesIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Ports.of(options(0, taken.getLocalPort())))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("--kafka-port");
    }
  }

  @Test
  void onePortCannotServeTwoPurposes() {
    int free = Ports.of(options(0, 0)).http();
    assertThatThrownBy(() -> Ports.of(options(free, free)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--http-port and --kafka-port");
  }

  private static QuickstartOptions options(int http, int kafka) {
    return QuickstartOptionsTest.parse(
        "--http-port=" + http, "--management-port=0", "--kafka-port=" + kafka, "--registry-port=0");
  }
}
