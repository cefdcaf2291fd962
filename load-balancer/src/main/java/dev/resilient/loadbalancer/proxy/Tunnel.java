package dev.resilient.loadbalancer.proxy;

/** Which sides of an exchange that has switched protocols have ended what they send. Confined to its event loop. */
final class Tunnel {
    private final Runnable onBothFinished;
    private boolean clientFinished;
    private boolean targetFinished;

    Tunnel(Runnable onBothFinished) {
        this.onBothFinished = onBothFinished;
    }

    void clientFinished() {
        clientFinished = true;
        look();
    }

    void targetFinished() {
        targetFinished = true;
        look();
    }

    private void look() {
        if (clientFinished && targetFinished) {
            onBothFinished.run();
        }
    }
}
