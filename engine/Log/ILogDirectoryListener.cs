namespace Testbed.Log;

/// <summary>Hears when a log directory fails. Called on its shard, after its logs have heard.</summary>
public interface ILogDirectoryListener
{
    void OnFailed(LogDirectory directory);
}
