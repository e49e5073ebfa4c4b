namespace Testbed.Sim;

/// <summary>Where one side of a connection stands.</summary>
internal enum ConnectionState
{
    Open,

    /// <summary>It is over, but the sink has not been told yet.</summary>
    Closing,

    /// <summary>The sink has been told, or there is nobody left to tell.</summary>
    Closed,
}
