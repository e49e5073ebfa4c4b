namespace Testbed.Node.Requests.Reading;

/// <summary>
/// Bit fields of what a client may do (KIP-430). Without an authorizer everybody may do everything that the
/// resource knows.
/// </summary>
internal static class AuthorizedOperations
{
    /// <summary>The client did not ask.</summary>
    public const int NotAsked = int.MinValue;

    /// <summary>READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS.</summary>
    public const int Topic = 0b1101_1111_1000;

    /// <summary>
    /// CREATE, ALTER, DESCRIBE, CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS, IDEMPOTENT_WRITE.
    /// </summary>
    public const int Cluster = 0b1_1111_1010_0000;
}
