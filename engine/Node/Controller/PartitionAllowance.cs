using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Node.Controller;

/// <summary>How many partitions one request may still make, over all the topics that it names.</summary>
internal sealed class PartitionAllowance
{
    private int _left = Limits.PartitionsPerRequest;

    /// <summary>Counts what the plan makes; an error, and nothing counted, when that is too much.</summary>
    public AdminError? Take(TopicPlan plan)
    {
        if (plan.PartitionCount > _left)
        {
            return new AdminError(
                ErrorCode.PolicyViolation,
                $"one request makes at most {Limits.PartitionsPerRequest} partitions; "
                    + "ask for fewer at a time");
        }
        _left -= plan.PartitionCount;
        return null;
    }
}
