namespace Testbed.Node.Requests;

/// <summary>Something that waits on behalf of a request.</summary>
public interface IAbandonable
{
    /// <summary>The connection is gone: stop waiting and finish the exchange.</summary>
    void OnAbandoned();
}
