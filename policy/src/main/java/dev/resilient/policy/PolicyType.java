package dev.resilient.policy;

/** The types of policies that have a say in a call, in the order in which a call that nobody allows is blamed on one. */
public enum PolicyType {
    /** What is attached to a user, its groups or a role, or written into them. */
    IDENTITY("identity-based policy", "an"),
    /** The most that a user or role may be allowed. */
    BOUNDARY("permissions boundary", "a"),
    /** Who may assume a role. */
    TRUST("role trust policy", "a");

    private final String title;
    private final String article;

    PolicyType(String title, String article) {
        this.title = title;
        this.article = article;
    }

    /** As AWS's messages call it: {@code identity-based policy}. */
    String title() {
        return title;
    }

    /** With its article. */
    String anyTitle() {
        return article + " " + title;
    }
}
