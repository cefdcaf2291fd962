package dev.resilient.cloud;

/**
 * The long-term key of the account's administrator.
 *
 * @param secretAccessKey never logged
 */
public record AdministratorKey(String accessKeyId, String secretAccessKey) {

    @Override
    public String toString() {
        return "AdministratorKey[" + accessKeyId + "]";
    }
}
