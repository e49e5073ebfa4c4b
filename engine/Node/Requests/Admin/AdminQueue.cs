using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// Runs changes of the metadata one after another: each decides on the state its predecessor has left.
/// </summary>
public sealed class AdminQueue
{
    private readonly Queue<IAdminStep> _steps = new();
    private bool _isRunning;

    public void Add(IAdminStep step)
    {
        _steps.Enqueue(step);
        if (!_isRunning)
        {
            _isRunning = true;
            _ = RunAll();
        }
    }

    private async EngineTask RunAll()
    {
        while (_steps.TryDequeue(out var step))
        {
            await step.Run();
        }
        _isRunning = false;
    }
}
