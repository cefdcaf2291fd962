package dev.resilient.cli.target;

/** A local cloud, wherever it is: its instances and load balancers are on this machine's loopback addresses. */
sealed interface LocalTarget extends Target permits EmbeddedCloud, BackgroundCloud, GivenEndpoint {
    @Override
    default String name() {
        return "local";
    }

    @Override
    default String allowedCidr() {
        return "127.0.0.1/32";
    }

    @Override
    default int servicePort() {
        return Ports.forHttp();
    }
}
