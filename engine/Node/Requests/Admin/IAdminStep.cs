using Testbed.Foundation;

namespace Testbed.Node.Requests.Admin;

/// <summary>One change of the metadata, from decision to answer.</summary>
public interface IAdminStep
{
    /// <summary>Runs alone: no other step changes the metadata meanwhile.</summary>
    EngineTask Run();
}
